import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** A source file of ours, as far as rules about code ask. Files are named by their path from the root. */
export type SourceFile = Readonly<{
  path: string
  /** Its folder at the top, or its own name. */
  layer: string
  text: string
  /** Files of ours by their path, packages as they are written; types included. */
  imports: readonly string[]
  /** Those of them that are left when types are gone: what is really loaded. */
  loads: readonly string[]
  /** Names that the code uses: globals, members as `Math.random`, constructors as `new Date`. */
  uses: ReadonlySet<string>
}>

/** The source files of some folders at the top, and single files among them. */
export function sourceFiles(layers: readonly string[]): readonly SourceFile[] {
  return layers.flatMap((layer) =>
    layer.endsWith('.ts') ? [sourceFile(layer)] : namesIn(layer).map(sourceFile),
  )
}

const namesIn = (layer: string): readonly string[] =>
  readdirSync(layer, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?ts$/.test(name) && !name.endsWith('.d.ts'))
    .filter((name) => !name.includes('node_modules'))
    .map((name) => join(layer, name))
    .sort()

function sourceFile(path: string): SourceFile {
  const text = readFileSync(path, 'utf8')
  const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  const located = (name: string) =>
    name.startsWith('.') ? join(dirname(path), name).replace(/\.js$/, '.ts') : name
  return {
    path,
    layer: path.split('/', 1)[0] ?? '',
    text,
    imports: ts.preProcessFile(text).importedFiles.map(({ fileName }) => located(fileName)),
    loads: parsed.statements.flatMap(loadedBy).map(located),
    uses: usesOf(parsed),
  }
}

function loadedBy(statement: ts.Statement): readonly string[] {
  const isImport = ts.isImportDeclaration(statement)
  if (!isImport && !ts.isExportDeclaration(statement)) return []
  const isType = isImport
    ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
    : statement.isTypeOnly
  const { moduleSpecifier } = statement
  return !isType && moduleSpecifier && ts.isStringLiteral(moduleSpecifier)
    ? [moduleSpecifier.text]
    : []
}

/** Comments and texts do not count; that is why the code is parsed and not searched. */
function usesOf(parsed: ts.SourceFile): ReadonlySet<string> {
  const used = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) used.add(nameOf(node))
    ts.forEachChild(node, visit)
  }
  visit(parsed)
  return used
}

function nameOf(node: ts.Identifier): string {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return parent.getText()
  return ts.isNewExpression(parent) ? `new ${node.text}` : node.text
}
