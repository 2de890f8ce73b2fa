import type { System } from '../../core/system.js'
import { answerBy, taskInput } from '../messages.js'
import { leavingOut } from '../variant.js'
import { build } from './graph.js'

/** Two agents in turns: one says what to do, the other does it. */
export const rolePlay: System = {
  id: 'role-play',
  summary: 'A user who names one step at a time and an assistant who carries it out.',
  build: leavingOut(build, 'guard-prompt'),
  input: taskInput,
  answer: answerBy('assistant'),
  defences: [
    {
      id: 'error-page',
      tier: 'mechanism',
      summary: 'What went wrong with a call is told to both, instead of a turn that is lost.',
    },
    {
      id: 'role-flip-guard',
      tier: 'rule',
      summary: 'An assistant that gives instructions is asked once more to act.',
    },
    {
      id: 'goal-holder',
      tier: 'mechanism',
      summary: 'The user reads the goal again in every turn.',
    },
    {
      id: 'turn-limit',
      tier: 'rule',
      summary: 'After 15 instructions, or 8 without tools, the last work stands.',
    },
  ],
}
