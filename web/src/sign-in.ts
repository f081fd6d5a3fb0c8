import './style/sign-in.css'
import type { Me } from '../../src/contract/security.ts'
import { CallFailed, call } from './api.ts'
import { applyLooks, looks } from './looks.ts'
import { bootWords } from './words/boot.ts'
import { language } from './words/language.ts'
import { signInWords } from './words/sign-in.ts'

interface SignInOptions {
  readonly isSandbox: boolean
  readonly company: string | null
  readonly onDone: (me: Me) => void
}

/** 登录, by hand and without a library, since it is the first thing on a slow line. */
export function showSignIn(options: SignInOptions): void {
  const words = signInWords[language()]
  const product = bootWords[language()].product
  document.title = `${words.title} · ${product}`

  const form = make('form', { className: 'sign-in', noValidate: true })
  const failure = make('p', { className: 'notice', hidden: true, role: 'alert' })
  failure.dataset.tone = 'err'
  const name = field({ label: words.name, autocomplete: 'username', type: 'text' })
  const password = field({ label: words.password, autocomplete: 'current-password', type: 'password' })
  const button = make('button', { className: 'btn', type: 'submit', textContent: words.go })
  button.dataset.kind = 'primary'

  form.append(
    heading(product, options.company),
    ...(options.isSandbox ? [sandboxNote(words.sandbox)] : []),
    failure,
    name.box,
    password.box,
    shower(password.input),
    button,
    make('p', { className: 'quiet small', textContent: words.forgot }),
    otherLanguage(() => showSignIn(options)),
  )
  form.onsubmit = (event) => {
    event.preventDefault()
    void send({ form, button, failure, name: name.input, password: password.input, onDone: options.onDone })
  }
  const main = make('main', { className: 'alone' })
  main.append(form)
  document.querySelector('#app')?.replaceChildren(main)
  name.input.focus()
}

interface Sending {
  readonly form: HTMLFormElement
  readonly button: HTMLButtonElement
  readonly failure: HTMLElement
  readonly name: HTMLInputElement
  readonly password: HTMLInputElement
  readonly onDone: (me: Me) => void
}

async function send({ form, button, failure, name, password, onDone }: Sending): Promise<void> {
  const words = signInWords[language()]
  const missing = [name, password].find((input) => input.value.trim() === '')
  if (missing) return refuse(failure, missing, missing === name ? words.needName : words.needPassword)
  if (form.dataset.busy) return
  form.dataset.busy = 'true'
  button.textContent = words.going
  try {
    onDone(await call('POST /session', { loginName: name.value.trim(), password: password.value }))
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    refuse(failure, password, error.body[language()])
    password.select()
  } finally {
    delete form.dataset.busy
    button.textContent = words.go
  }
}

function refuse(failure: HTMLElement, input: HTMLInputElement, text: string): void {
  failure.textContent = text
  failure.hidden = false
  input.setAttribute('aria-invalid', 'true')
  input.focus()
}

function heading(product: string, company: string | null): HTMLElement {
  const head = make('div', { className: 'sign-in-head' })
  const picture = make('img', { src: '/icon.svg', alt: '', width: 40, height: 40 })
  const title = make('h1', { textContent: product })
  head.append(picture, title)
  if (company !== null) head.append(make('p', { className: 'quiet', textContent: company }))
  return head
}

function sandboxNote(text: string): HTMLElement {
  const note = make('p', { className: 'notice', textContent: text })
  note.dataset.tone = 'warn'
  return note
}

interface FieldOptions {
  readonly label: string
  readonly autocomplete: AutoFill
  readonly type: 'text' | 'password'
}

function field({ label, autocomplete, type }: FieldOptions) {
  const box = make('div', { className: 'labelled' })
  const input = make('input', { className: 'field', id: `sign-in-${type}`, type, autocomplete, required: true })
  input.oninput = () => input.removeAttribute('aria-invalid')
  box.append(make('label', { htmlFor: input.id, textContent: label }), input)
  return { box, input }
}

/** 显示密码: a box and no riddle, for whoever types on glass. */
function shower(password: HTMLInputElement): HTMLElement {
  const label = make('label', { className: 'box' })
  const box = make('input', { type: 'checkbox' })
  box.onchange = () => {
    password.type = box.checked ? 'text' : 'password'
  }
  label.append(box, make('span', { textContent: signInWords[language()].show }))
  return label
}

function otherLanguage(redraw: () => void): HTMLElement {
  const button = make('button', { className: 'btn', type: 'button', textContent: signInWords[language()].other })
  button.dataset.kind = 'link'
  button.onclick = () => {
    applyLooks({ ...looks(), language: language() === 'zh' ? 'en' : 'zh' })
    redraw()
  }
  return button
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  facts: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), facts)
}
