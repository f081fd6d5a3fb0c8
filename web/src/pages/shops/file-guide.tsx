import { useLanguage, useWords } from '../../words/language.ts'
import { shopFileWords } from '../../words/shop-files.ts'

interface GuideProps {
  readonly channel: { readonly zh: string; readonly en: string }
}

/** How a shop works without keys: orders come as a file, shipments go as a file. */
export function FileGuide({ channel }: GuideProps) {
  const words = useWords(shopFileWords)
  const language = useLanguage()
  return (
    <div className="file-guide">
      <Steps title={words.inTitle} steps={[words.inFirst(channel[language]), ...words.inRest]} />
      <Steps title={words.outTitle} steps={words.outSteps} />
    </div>
  )
}

function Steps({ title, steps }: { readonly title: string; readonly steps: readonly string[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <ol className="numbered">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  )
}
