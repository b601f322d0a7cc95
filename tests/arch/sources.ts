import { dirname, join } from 'node:path/posix'
import ts from 'typescript'
import { mayImport } from './table.ts'

/** Every source file of the product as text, by path from the root. */
export const sources: Record<string, string> = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>(
      ['/{src,workers,scenes,data}/**/*.{ts,tsx}', '!/data/indexer/generated/**', '!/**/node_modules/**'],
      { query: '?raw', import: 'default', eager: true },
    ),
  ).map(([path, text]) => [path.slice(1), text]),
)

// the longest name wins: scenes/paint is a module inside scenes
const modules = Object.keys(mayImport).sort((a, b) => b.length - a.length)

export const moduleOf = (path: string): string | undefined => modules.find((module) => path.startsWith(`${module}/`))

export interface Import {
  readonly specifier: string
  readonly typeOnly: boolean
}

/** Static, dynamic and type imports and re-exports of a file. */
export function importsOf(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({
        specifier: node.moduleSpecifier.text,
        typeOnly: node.importClause?.isTypeOnly === true,
      })
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({
        specifier: node.moduleSpecifier.text,
        typeOnly: node.isTypeOnly,
      })
    } else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    ) {
      found.push({ specifier: node.argument.literal.text, typeOnly: true })
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments
      if (argument && ts.isStringLiteral(argument)) found.push({ specifier: argument.text, typeOnly: false })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** What an import points at: a module of the table, a package, `node:`, or the path itself when it is neither. */
export function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('.')) {
    const path = join(dirname(file), specifier)
    return moduleOf(path) ?? path
  }
  if (specifier.startsWith('node:')) return 'node:'
  if (specifier.startsWith('ponder:')) return 'ponder' // the modules it makes up while it runs
  const [first = '', second = ''] = specifier.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

/** The text with its comments blanked out, line numbers kept. */
export function codeOnly(text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.JSX, text)
  const open: ('brace' | 'template')[] = [] // what the next closing brace closes
  let code = ''
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === ts.SyntaxKind.OpenBraceToken) open.push('brace')
    else if (kind === ts.SyntaxKind.TemplateHead) open.push('template')
    else if (kind === ts.SyntaxKind.CloseBraceToken && open.pop() === 'template') {
      if (scanner.reScanTemplateToken(false) === ts.SyntaxKind.TemplateMiddle) open.push('template')
    }
    const comment = kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia
    code += comment ? scanner.getTokenText().replace(/[^\n]/g, ' ') : scanner.getTokenText()
  }
  return code
}
