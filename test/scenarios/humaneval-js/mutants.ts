import ts from 'typescript'
import { draw } from '../../../core/draw.js'

type Edit = Readonly<{ start: number; end: number; text: string }>

const swapped: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '+',
  '/': '*',
  '%': '*',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '==': '!=',
  '===': '!==',
  '!=': '==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '+=': '-=',
  '-=': '+=',
}

/**
 * A program with one operator or one constant changed, chosen by its key; null when it has none. What keeps a loop going
 * stays: endless loops are tested elsewhere.
 */
export function mutant(solution: string, from: number, key: string): string | null {
  const edits = editsOf(solution).filter(({ start }) => start >= from)
  const edit = edits[Math.floor(draw('mutant', key) * edits.length)]
  return edit ? solution.slice(0, edit.start) + edit.text + solution.slice(edit.end) : null
}

function editsOf(code: string): readonly Edit[] {
  const source = ts.createSourceFile('a.js', code, ts.ScriptTarget.ES2022, true)
  const edits: Edit[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return
    if (ts.isForStatement(node)) {
      visit(node.statement)
      return
    }
    const [start, end] = [node.getStart(source), node.getEnd()]
    const text = code.slice(start, end)
    if (ts.isNumericLiteral(node)) edits.push({ start, end, text: String(Number(text) + 1) })
    else if (ts.isStringLiteral(node)) edits.push({ start, end, text: `'${node.text.length}'` })
    else if (node.kind === ts.SyntaxKind.TrueKeyword) edits.push({ start, end, text: 'false' })
    else if (node.kind === ts.SyntaxKind.FalseKeyword) edits.push({ start, end, text: 'true' })
    else if (ts.isBinaryExpression(node)) {
      const { operatorToken: token } = node
      const other = swapped[token.getText(source)]
      if (other) edits.push({ start: token.getStart(source), end: token.getEnd(), text: other })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return edits
}
