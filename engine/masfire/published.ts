import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { injectors, tiers } from '../../core/taxonomy.js'

const taxonomySchema = z.object({
  faults: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      injector: z.enum(injectors),
      behaviours: z.array(
        z.object({
          id: z.string(),
          publishedLabel: z.string(),
          tiers: z.partialRecord(z.enum(tiers), z.enum(['success', 'failure'])),
          detects: z.boolean().nullable(),
        }),
      ),
    }),
  ),
  untaggedLabels: z.array(
    z.object({ fault: z.string(), publishedLabel: z.string(), reason: z.string() }),
  ),
})

const cellsSchema = z.object({
  source: z.object({ paper: z.string(), release: z.string() }),
  systems: z.array(
    z.object({
      id: z.string(),
      publishedName: z.string(),
      model: z.string(),
      scenario: z.string(),
    }),
  ),
  caveats: z.record(z.string(), z.string()),
  cells: z.array(
    z.object({
      system: z.string(),
      model: z.string(),
      fault: z.string(),
      caveats: z.array(z.string()),
    }),
  ),
})

/** What is known of the study: names to recognise its rows by, and what is doubtful about them. */
export type Published = Readonly<z.infer<typeof taxonomySchema> & z.infer<typeof cellsSchema>>
export type PublishedFault = Published['faults'][number]

/** Reads what is known of the study from the folder in which the package keeps it. */
export function readPublished(folder: string): Published {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  return {
    ...taxonomySchema.parse(read('taxonomy.json')),
    ...cellsSchema.parse(read('published-cells.json')),
  }
}
