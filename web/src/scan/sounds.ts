/** Three sounds that differ in pitch, number and length, and an alarm; they can be told apart without looking and in a loud room. */
export type Sound = 'right' | 'wrong' | 'done' | 'stop'

interface Tone {
  readonly hertz: number
  readonly from: number
  readonly seconds: number
  readonly shape: OscillatorType
}

const tones: Readonly<Record<Sound, readonly Tone[]>> = {
  right: [{ hertz: 1_320, from: 0, seconds: 0.08, shape: 'sine' }],
  wrong: [
    { hertz: 196, from: 0, seconds: 0.16, shape: 'square' },
    { hertz: 165, from: 0.2, seconds: 0.26, shape: 'square' },
  ],
  done: [
    { hertz: 784, from: 0, seconds: 0.09, shape: 'sine' },
    { hertz: 988, from: 0.1, seconds: 0.09, shape: 'sine' },
    { hertz: 1_319, from: 0.2, seconds: 0.18, shape: 'sine' },
  ],
  stop: Array.from(
    { length: 8 },
    (_, at): Tone => ({
      hertz: at % 2 === 0 ? 880 : 440,
      from: at * 0.2,
      seconds: 0.2,
      shape: 'sawtooth',
    }),
  ),
}

const loudness: Readonly<Record<Sound, number>> = { right: 0.3, wrong: 0.35, done: 0.3, stop: 0.5 }

let context: AudioContext | null = null

/** Plays a sound at once. A browser without sound stays silent: colour, sign and word say the same. */
export function play(sound: Sound): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  if (context.state === 'suspended') void context.resume()
  for (const tone of tones[sound]) sing(context, tone, loudness[sound])
}

function sing(audio: AudioContext, { hertz, from, seconds, shape }: Tone, volume: number): void {
  const start = audio.currentTime + from
  const voice = audio.createOscillator()
  const gain = audio.createGain()
  voice.type = shape
  voice.frequency.value = hertz
  // Soft edges, or every tone begins and ends with a click.
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(volume, start + 0.008)
  gain.gain.setValueAtTime(volume, start + seconds - 0.015)
  gain.gain.linearRampToValueAtTime(0, start + seconds)
  voice.connect(gain).connect(audio.destination)
  voice.start(start)
  voice.stop(start + seconds)
}

/** Says a fact aloud where the device can; a new fact cuts off the last, since only the newest counts. */
export function speak(text: string, language: 'zh' | 'en'): void {
  if (typeof speechSynthesis === 'undefined') return
  const spoken = new SpeechSynthesisUtterance(text)
  spoken.lang = language === 'zh' ? 'zh-CN' : 'en'
  spoken.rate = 1.15
  speechSynthesis.cancel()
  speechSynthesis.speak(spoken)
}

const shakes: Readonly<Record<Sound, readonly number[]>> = {
  right: [30],
  wrong: [200, 80, 200],
  done: [60, 40, 60],
  stop: [600, 150, 600, 150, 600],
}

/** Phones and hand-held scanners also shake. */
export const shake = (sound: Sound): void => void navigator.vibrate?.([...shakes[sound]])
