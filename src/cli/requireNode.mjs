// Plain old JavaScript on purpose: an old Node must be able to parse this file to say that it is old.
var need = [20, 19]
var got = process.versions.node.split('.').map(Number)
if (got[0] < need[0] || (got[0] === need[0] && got[1] < need[1])) {
  process.stderr.write(
    'Veracity needs Node ' +
      need.join('.') +
      ' or newer; this is Node ' +
      process.versions.node +
      '. Install a newer Node and run the command again.\n',
  )
  process.exit(2)
}
