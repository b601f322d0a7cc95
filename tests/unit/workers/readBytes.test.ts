import { expect, test } from 'vitest'
import { nameOfUrl } from '../../../workers/lib/readBytes.ts'

test.each([
  ['https://host/a/city%20two.vcity.gz?v=1#x', 'city two.vcity.gz'],
  ['https://host/100%.vcity', '100%.vcity'],
  ['https://host/%', '%'],
  ['https://host/', 'https://host/'],
  ['http://', 'http://'],
])('the name of %s is %s', (url, name) => {
  expect(nameOfUrl(url)).toBe(name)
})
