import { aTown } from '../../support/town.ts'

export const sample = () => ({ city: aTown({ id: 'astana' }), dayOfYear: 17, scale: 1 })

export const broken = [
  {
    title: 'a city of which nothing is known',
    input: () => ({ city: aTown({ id: 'nowhere' }), dayOfYear: 17, scale: 1 }),
  },
]
