import { useWords } from '../../words/language.ts'
import { systemWords } from '../../words/system.ts'

/** What a job does, in words; one that is not known by name is told by its own. */
export function useJobName(): (job: string) => string {
  const jobs: Readonly<Record<string, string>> = useWords(systemWords).jobs
  return (job) => jobs[job] ?? job
}
