// Signatures a second by native libsecp256k1 (the `secp256k1` addon), on this thread. Prints one number, or says why not.
import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
let secp256k1
try {
  secp256k1 = require('secp256k1/bindings')
} catch (error) {
  console.error(`native libsecp256k1 is not installed here: ${error.message.split('\n')[0]}`)
  process.exit(1)
}
const cases = Array.from({ length: 64 }, () => {
  let key
  do key = randomBytes(32)
  while (!secp256k1.privateKeyVerify(key))
  const digest = randomBytes(32)
  const { signature } = secp256k1.ecdsaSign(digest, key)
  return { digest, signature, publicKey: secp256k1.publicKeyCreate(key, false) }
})
const rates = []
for (let round = 0; round < 7; round++) {
  const start = performance.now()
  let done = 0
  while (performance.now() - start < 300) {
    for (const { digest, signature, publicKey } of cases) {
      if (!secp256k1.ecdsaVerify(signature, digest, publicKey)) throw new Error('A signature fails.')
    }
    done += cases.length
  }
  rates.push((1000 * done) / (performance.now() - start))
}
console.log(rates.sort((a, b) => a - b)[rates.length >> 1])
