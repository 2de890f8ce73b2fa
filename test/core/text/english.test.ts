import { describe, expect, test } from 'vitest'
import { isEnglish } from '../../../core/text/english.js'

describe('a text', () => {
  test.each([
    'Which "Nation" has the highest "Gold"?',
    'Sort rows.',
    '',
    'You are the planner. Your job is to plan the trip, and not to book it.',
    '/* Return true if all numbers in the list are below the threshold. */ const below = (l, t) => {',
  ])('is English: %s', (text) => {
    expect(isEnglish(text)).toBe(true)
  })

  test.each([
    'Buche eine Fähre von Genua für drei Personen und achte darauf, dass sie vor Mittag abfährt.',
    'Réserve un ferry au départ de Gênes pour trois personnes, avec une cabine, avant midi.',
    'Reserva un barco desde Genova para tres personas y una cabina que salga antes del mediodia.',
    'ジェノバ発のフェリーを三人分予約してください。正午前に出発するものを選んでください。',
    'Забронируй паром из Генуи на троих с каютой и отправлением до полудня.',
  ])('is not: %s', (text) => {
    expect(isEnglish(text)).toBe(false)
  })
})
