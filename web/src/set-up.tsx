import './style/overlay.css'
import './style/set-up.css'
import { type ReactNode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { type Answer, CallFailed, call, type Given } from './api.ts'
import { applyLooks, looks } from './looks.ts'
import { Button } from './parts/button.tsx'
import { deskDrawings } from './parts/drawings.ts'
import { Choices, TextField } from './parts/field.tsx'
import { learnDrawings } from './parts/icon.tsx'
import { TipLayer } from './parts/tip.tsx'
import { failureText } from './parts/toast-store.ts'
import { Toasts } from './parts/toasts.tsx'
import { SandboxWay } from './sandbox-way.tsx'
import { welcome } from './session.ts'
import { bootWords } from './words/boot.ts'
import { useLanguage, useWords } from './words/language.ts'
import { setUpWords } from './words/set-up.ts'

learnDrawings(deskDrawings)

type Answers = Given<'POST /setup'>['answers']
type Me = Answer<'POST /setup'>

/** First visit: three questions, the owner's account, and where to begin. `start` draws the page itself. */
export function startSetUp(start: () => Promise<void>): void {
  const place = document.querySelector('#app')
  if (place === null) throw new Error('the page has no #app')
  const root = createRoot(place)
  const leave = (address: string) => {
    window.history.replaceState(null, '', address)
    root.unmount()
    void start()
  }
  root.render(<SetUp onLeave={leave} />)
}

function SetUp({ onLeave }: { readonly onLeave: (address: string) => void }) {
  const words = useWords(setUpWords)
  const product = useWords(bootWords).product
  const language = useLanguage()
  const [answers, setAnswers] = useState<Answers | null>(null)
  const [isAnswered, setAnswered] = useState(false)
  const [me, setMe] = useState<Me | null>(null)
  useEffect(() => {
    document.title = `${words.title} · ${product}`
  }, [words, product])
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <main className="alone set-up">
      <div className="set-up-card">
        <header className="line">
          <img src="/icon.svg" alt="" width="28" height="28" />
          <h1>{product}</h1>
          <span className="push">
            <Button kind="link" onPress={() => applyLooks({ ...looks(), language: other })}>
              {words.language}
            </Button>
          </span>
        </header>
        {me !== null && <Choice me={me} onLeave={onLeave} />}
        {me === null && !(answers && isAnswered) && (
          <Questions
            answers={answers}
            onDone={(next) => {
              setAnswers(next)
              setAnswered(true)
            }}
          />
        )}
        {me === null && answers && isAnswered && (
          <Account answers={answers} onBack={() => setAnswered(false)} onDone={setMe} />
        )}
      </div>
      <Toasts />
      <TipLayer />
    </main>
  )
}

interface StepProps {
  readonly at: number
  readonly title: string
  readonly children: ReactNode
}

function Step({ at, title, children }: StepProps) {
  const words = useWords(setUpWords)
  return (
    <section className="stack">
      <div>
        <p className="quiet small">{words.step(at)}</p>
        <h2>{title}</h2>
      </div>
      {children}
    </section>
  )
}

type ByKey = Readonly<Record<string, string>>
const optionsOf = <K extends string>(names: Readonly<Record<K, string>>) =>
  Object.entries<string>(names).map(([value, label]) => ({ value: value as K, label }))

interface QuestionsProps {
  readonly answers: Answers | null
  readonly onDone: (answers: Answers) => void
}

function Questions({ answers, onDone }: QuestionsProps) {
  const words = useWords(setUpWords).questions
  const [ordersPerDay, setOrders] = useState<Answers['ordersPerDay'] | null>(answers?.ordersPerDay ?? null)
  const [people, setPeople] = useState<Answers['people'] | null>(answers?.people ?? null)
  const [channels, setChannels] = useState<readonly string[]>(answers?.channels ?? [])
  const [isTold, setTold] = useState(false)
  const toggle = (id: string) =>
    setChannels(channels.includes(id) ? channels.filter((each) => each !== id) : [...channels, id])
  const next = () => {
    setTold(true)
    if (ordersPerDay && people && channels.length > 0) onDone({ ordersPerDay, people, channels: [...channels] })
  }
  const isMissing = isTold && !(ordersPerDay && people && channels.length > 0)
  return (
    <Step at={1} title={words.title}>
      <p className="quiet">{words.why}</p>
      <Choices
        label={words.ordersPerDay}
        value={ordersPerDay}
        options={optionsOf(words.ordersPerDayAnswers)}
        onChange={setOrders}
      />
      <fieldset className="labelled plain-set">
        <legend className="label">{words.channels}</legend>
        <div className="choices">
          {Object.entries(words.channelNames as ByKey).map(([id, name]) => (
            <label key={id} className="choice">
              <input type="checkbox" checked={channels.includes(id)} onChange={() => toggle(id)} />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <Choices label={words.people} value={people} options={optionsOf(words.peopleAnswers)} onChange={setPeople} />
      {isMissing && (
        <p className="notice" data-tone="warn" role="alert">
          {words.missing}
        </p>
      )}
      <div className="line">
        <Button kind="primary" onPress={next}>
          {words.next}
        </Button>
      </div>
    </Step>
  )
}

interface AccountProps {
  readonly answers: Answers
  readonly onBack: () => void
  readonly onDone: (me: Me) => void
}

function Account({ answers, onBack, onDone }: AccountProps) {
  const words = useWords(setUpWords).account
  const [form, setForm] = useState({ company: '', name: '', loginName: '', password: '' })
  const [failure, setFailure] = useState<unknown>(null)
  const [isRunning, setRunning] = useState(false)
  const told = failure === null ? null : failureText(failure)
  const fieldOf = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (value: string) => setForm({ ...form, [name]: value }),
    wrong: told?.body?.field === name ? told.text : null,
  })
  const create = async () => {
    setRunning(true)
    try {
      const me = await call('POST /setup', { ...form, answers, preferences: looks() })
      welcome(me)
      onDone(me)
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      setFailure(error)
    } finally {
      setRunning(false)
    }
  }
  const isGeneral = told !== null && !(told.body?.field && told.body.field in form)
  return (
    <Step at={2} title={words.title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isRunning) void create()
        }}
      >
        {isGeneral && (
          <p className="notice" data-tone="err" role="alert">
            {told.text}
          </p>
        )}
        <AccountFields fieldOf={fieldOf} />
        <div className="line">
          <Button onPress={onBack}>{words.back}</Button>
          <Button kind="primary" submit busy={isRunning} disabled={Object.values(form).some((value) => value === '')}>
            {words.deed}
          </Button>
        </div>
      </form>
    </Step>
  )
}

interface AccountFieldsProps {
  readonly fieldOf: (name: 'company' | 'name' | 'loginName' | 'password') => {
    readonly value: string
    readonly onChange: (value: string) => void
    readonly wrong: string | null
  }
}

function AccountFields({ fieldOf }: AccountFieldsProps) {
  const words = useWords(setUpWords).account
  return (
    <>
      <TextField isFirst label={words.company} autoComplete="organization" {...fieldOf('company')} />
      <TextField label={words.name} autoComplete="name" {...fieldOf('name')} />
      <TextField label={words.loginName} help={words.loginHelp} autoComplete="username" {...fieldOf('loginName')} />
      <TextField
        label={words.password}
        help={words.passwordHelp}
        type="password"
        autoComplete="new-password"
        {...fieldOf('password')}
      />
    </>
  )
}

interface ChoiceProps {
  readonly me: Me
  readonly onLeave: (address: string) => void
}

function Choice({ me, onLeave }: ChoiceProps) {
  const words = useWords(setUpWords).choice
  const ways = [
    { ...words.file, to: '/transfers' },
    { ...words.shop, to: '/shops' },
  ]
  return (
    <Step at={3} title={words.title}>
      <p className="quiet">{words.ready(me.company.name)}</p>
      <ul className="stack">
        {ways.map((way) => (
          <li key={way.to} className="set-up-way">
            <span>
              <strong>{way.title}</strong>
              <span className="quiet">{way.help}</span>
            </span>
            <Button kind="primary" onPress={() => onLeave(way.to)}>
              {way.go}
            </Button>
          </li>
        ))}
        {!me.isSandbox && <SandboxWay />}
      </ul>
      <div>
        <Button kind="link" onPress={() => onLeave('/')}>
          {words.home}
        </Button>
      </div>
    </Step>
  )
}
