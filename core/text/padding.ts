import type { Rng } from '../draw.js'

// Words that state no fact: no numbers, no names, nothing quoted and nothing that compares.
const subjects =
  'the gardener|a neighbour|the librarian|our landlady|the old clerk|a passing cyclist|the baker|somebody from the choir|the night porter|a retired teacher|the bookbinder|a friend of the family|the caretaker|the woman at the counter|a student of botany|the carpenter|the man from the kiosk|a visiting aunt|the postman|the shy apprentice|the beekeeper|the piano tuner|a tired commuter|the florist'.split(
    '|',
  )
const verbs =
  'talked about|remembered|described|kept thinking of|wrote a letter about|made a drawing of|could not stop praising|laughed about|wondered about|told a long story of|sang about|dreamt of|complained about|asked everyone about|collected pictures of|wanted to paint|whispered about|read aloud about|grew fond of|grew tired of'.split(
    '|',
  )
const objects =
  'the fog on the canal|a squeaking garden gate|the smell of wet paper|the colour of the roof tiles|a bowl of plums|the sound of the tram|a crooked lamp post|the moss on the steps|a kettle that would not boil|the taste of cold soup|the shape of the clouds|a sleeping cat|the dust in the attic|a broken umbrella|the roses by the wall|the music from the yard|a basket of pears|the frost on the window|a borrowed ladder|the noise of the rain|the paint on the bench|a woollen glove|the draught in the corridor|an unfinished jumper'.split(
    '|',
  )
const places =
  'in the courtyard|by the harbour wall|on the way home|at the kitchen table|under the old bridge|in the waiting room|near the greenhouse|on the landing|at the corner shop|behind the chapel|in the reading room|on the ferry|along the towpath|beside the stove|in the back garden|on the balcony|at the allotment|in the puppet theatre|by the letterbox|on the village green'.split(
    '|',
  )
const moods =
  'without any hurry|in a low voice|with great pleasure|as if nobody listened|with a cup of tea|in the usual way|with some embarrassment|in passing|with a smile|rather dreamily|for no particular reason|with both hands in the pockets|while the light faded|as people do on quiet days|to nobody in particular|until the bell rang|with a hint of regret|in a cheerful mood|over and over|with a shrug'.split(
    '|',
  )

const lists = [subjects, verbs, objects, places, moods] as const

/**
 * Text about nothing in particular: paragraphs of sentences that are well formed, different from each other, and state no
 * fact that any work could need. As long as asked, give or take a paragraph.
 */
export function padding(characters: number, rng: Rng): string {
  const orders = lists.map((words, at) => rng.fork('padding', at).shuffle(words))
  const paragraphs: string[] = []
  let [written, number] = [0, 0]
  while (written < characters) {
    const sentences = Array.from({ length: 5 + (paragraphs.length % 3) }, () =>
      sentence(number++, orders),
    )
    const paragraph = sentences.join(' ')
    paragraphs.push(paragraph)
    written += paragraph.length + 2
  }
  return paragraphs.join('\n\n')
}

/** The sentence of a number: each digit, in a system of mixed bases, picks a word, so no number says what another says. */
function sentence(number: number, orders: readonly (readonly string[])[]): string {
  let rest = number
  const words = orders.map((order) => {
    const word = order[rest % order.length] ?? ''
    rest = Math.floor(rest / order.length)
    return word
  })
  // Neighbours would differ in their first words only, so the later words move along with the number.
  const moved = words.map((_, at) => {
    const order = orders[at] ?? []
    const shift = at === 0 ? 0 : number
    return order[(order.indexOf(words[at] ?? '') + shift) % order.length] ?? ''
  })
  const text = moved.join(' ')
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`
}
