import type { Report } from '../core/report.js'
import type { Summary } from '../core/schemas/summary.js'
import { markdown } from './markdown.js'
import { cut } from './text/cut.js'
import { markdownName } from './text/escape.js'
import { subjectText } from './text/gates.js'

/** What a comment of GitHub may hold, with some room to spare. */
const most = 60_000

/** The result as a comment of a pull request: what has become worse comes first. */
export const comment: Report = {
  id: 'comment',
  summary: 'The result as a comment of a pull request: what became worse first, below 64 KB.',
  file: 'comment.md',
  render(summary, context) {
    const parts = [marker(summary), ...againstBaseline(summary), markdown.render(summary, context)]
    return cut(parts.join('\n\n'), most)
  },
}

/** Hidden in the comment, so that a workflow finds the one that it wrote before. Names of users cannot close it. */
function marker({ cells }: Summary): string {
  const scenarios = [...new Set(cells.map(({ scenario }) => scenario))].sort().join(' ')
  return `<!-- firedrill:${scenarios.replace(/[^\w .]/g, '-').slice(0, 200)} -->`
}

function againstBaseline({ gates, baselineFile }: Summary): readonly string[] {
  const asked = gates.filter(({ metric }) => metric === 'regression')
  if (!baselineFile || asked.length === 0) return []
  const lines = asked.flatMap((gate) =>
    gate.subjects.map(
      (subject) => `- **${subject.verdict}** ${subjectText(gate, subject, markdownName)}`,
    ),
  )
  return [`**Against run ${markdownName(baselineFile.run)}**`, lines.join('\n')]
}
