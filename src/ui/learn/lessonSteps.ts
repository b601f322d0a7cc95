/** One task of the lesson. Predictions are kept, not marked; tasks are solved by what the learner did to the twin. */
export type LessonStep =
  | {
      readonly kind: 'predict'
      readonly id: string
      readonly title: string
      readonly text: string
      readonly question: string
      readonly options: readonly string[]
    }
  | {
      readonly kind: 'act'
      readonly id: 'find-altered' | 'flip-a-bit' | 'find-liar'
      readonly title: string
      readonly text: string
      readonly task: string
      readonly reveal: string
    }
  | { readonly kind: 'end'; readonly id: 'end'; readonly title: string; readonly text: string }

/** Catch the tampered sensor: predict, act, see, understand. */
export const LESSON_STEPS: readonly LessonStep[] = [
  {
    kind: 'predict',
    id: 'bet',
    title: 'Place your bet',
    text: 'Sensors in the streets sign each message with their own key. A gateway collects the messages and writes one fingerprint of them to a chain. The gateway belongs to somebody you do not know.',
    question: 'Could that gateway change a value without anybody noticing?',
    options: ['Yes, it handles the data', 'Only on some days, with luck', 'No, not one bit'],
  },
  {
    kind: 'act',
    id: 'find-altered',
    title: 'Somebody changed a message',
    text: 'One device in front of you has a red ring with a cut. Its last message was altered after it was signed. Open the device, in the city or from the list, and look at the check that failed.',
    task: 'Open the device whose message was changed on the way.',
    reveal:
      'The signature was made over other bytes than the ones that arrived. The inclusion check passed: the gateway anchored the altered message faithfully. Being on chain does not make a message true.',
  },
  {
    kind: 'act',
    id: 'flip-a-bit',
    title: 'Now be the gateway',
    text: 'Below are the bytes of an honest message. Choose any of them and flip one bit. The same worker that checks the whole city judges your forgery.',
    task: 'Flip one bit and see what the worker says. Try as many as you like.',
    reveal:
      'Header, time, value, signature: every bit is covered. Some forgeries are not even a message any more, the others break the signature.',
  },
  {
    kind: 'act',
    id: 'find-liar',
    title: 'The honest key of a lying sensor',
    text: 'A signature proves who said it, not that it is so. One sensor signs perfectly, yet what it says cannot be. Compare the devices: value, neighbours, how fast it changes. Then flag the one you mean. Mind that other devices here have other faults.',
    task: 'Open the sensor that lies and flag it.',
    reveal:
      'Its signature holds and its key is good, so the proof ends where it should. What gave it away was physics: the value lies outside of what the air can do. Proof of origin and plausibility are two different checks, and the twin shows them apart.',
  },
  {
    kind: 'end',
    id: 'end',
    title: 'What you found',
    text: 'Signatures stop changes on the way. Sequence numbers stop repeats. Withdrawn keys stop thieves. None of them stops a sensor that is wrong, so the twin also asks physics, and never lets a rejected message colour the scene.',
  },
]
