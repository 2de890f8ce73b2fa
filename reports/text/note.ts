/** Something that a report says in words, under a label; `items` stand on lines of their own. */
export type Note = Readonly<{
  label: string
  text: string
  items?: readonly string[]
  tone: 'good' | 'bad' | 'doubt' | 'quiet'
}>

/** Makes a name that users chose harmless for one format. */
export type Name = (id: string) => string
