import { expect, test } from 'vitest'
import {
  count,
  counted,
  interval,
  ofAll,
  percent,
  points,
  ranges,
  rate,
} from '../../../reports/text/numbers.js'

test('thousands are told apart', () => {
  expect([0, 999, 1000, 1234567].map(count)).toEqual(['0', '999', '1,000', '1,234,567'])
})

test('one thing is singular, none and many are plural', () => {
  expect([0, 1, 2000].map((n) => counted(n, 'trial'))).toEqual([
    '0 trials',
    '1 trial',
    '2,000 trials',
  ])
})

test('a percent has no decimals, and only none is 0 and only all is 100', () => {
  expect([0, 0.001, 0.745, 0.999, 1, 1.2].map(percent)).toEqual([
    '0%',
    '1%',
    '75%',
    '99%',
    '100%',
    '100%',
  ])
})

test('an interval is shown within 0 to 100', () => {
  expect(interval({ low: -0.02, high: 1.04 })).toBe('[0, 100]')
  expect(interval({ low: 0.654, high: 0.83 })).toBe('[65, 83]')
})

test('a rate is printed with its interval or not at all', () => {
  expect(rate({ mean: 0.75, low: 0.65, high: 0.83, n: 84 })).toBe('75% [65, 83]')
  expect(rate({ mean: 0.75, low: null, high: null, n: 5 })).toBeNull()
  expect(rate({ mean: null, low: 0, high: 1, n: 0 })).toBeNull()
})

test('a difference is in points, with its interval, and may be negative', () => {
  expect(points({ mean: 0.18, low: -0.027, high: 0.387, n: 10 })).toBe('18 [-3, 39]')
  expect(points({ mean: -0.001, low: -1.2, high: 1.3, n: 10 })).toBe('0 [-100, 100]')
  expect(points({ mean: 0.18, low: null, high: null, n: 3 })).toBeNull()
})

test('a score tells its counts', () => {
  expect(ofAll({ mean: 0.95, low: 0.9, high: 1, n: 1200 })).toBe('1,140/1,200')
  expect(ofAll({ mean: null, low: 0, high: 1, n: 0 })).toBe('0/0')
})

test('neighbouring seeds are joined', () => {
  expect([[], [4], [3, 1, 2], [1, 2, 7, 9, 8, 20]].map(ranges)).toEqual([
    '',
    '4',
    '1-3',
    '1-2, 7-9, 20',
  ])
})
