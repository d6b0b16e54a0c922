import { FORGET_ENDS, NOTE_ENDS, PLACES_AFTER, STORE_IF } from '../scripts.js';
import type { Conversation, Step } from './conversation.fixture.js';

/** What keeps groups in order, as `conversations` has the rest. */
export function groupConversations(): readonly Conversation[] {
  return [
    [
      'what was there before',
      [
        ['SET', 'K1', 'a', 'GET'],
        ['SET', 'K1', 'b', 'PX', 100_000, 'GET'],
        ['EVAL', STORE_IF, 1, 'K0', 'absent', 'x', 0],
        ['EVAL', STORE_IF, 1, 'K0', 'absent', 'y', 0],
        ['EVAL', STORE_IF, 1, 'K0', '11f6ad8ec52a2984abaafd7c3b516503785c2072', 'y', 0],
        ['ZADD', 'Kg', 1, 'a'],
        ['SET', 'Kg', 'a', 'GET'],
      ],
    ],
    [
      'places after one',
      [
        ['ZADD', 'Kg', 1, 'a', 1, 'b', 1, 'é', 1, 'z', 2, 'c', '-0.5', 'low', 1, 'ba'],
        ...['a', 'b', 'é', 'z', 'zz', 'aa', '', 'ê'].map(
          (id): Step => ['EVAL', PLACES_AFTER, 1, 'Kg', 1, id, 3],
        ),
        ['EVAL', PLACES_AFTER, 1, 'Kg', 2, 'c', 10],
        ['EVAL', PLACES_AFTER, 1, 'Kg', '1.5', 'x', 10],
        ['EVAL', PLACES_AFTER, 1, 'Kg', '-0.5', 'low', 10],
        ['EVAL', PLACES_AFTER, 1, 'K0', 1, 'a', 10],
      ],
    ],
    [
      'ends of names',
      [
        ['EVAL', NOTE_ENDS, 1, 'Kg', 100_000, 1, 10, 'a', 'b'],
        ['ZCARD', 'Kg'],
        ['PTTL', 'Kg'],
        ['ZADD', 'Kg', 1, 'c', 2, 'd', 3, 'e'],
        ['EVAL', NOTE_ENDS, 1, 'Kg', 50_000, 4, 10, 'a'],
        ['EVAL', NOTE_ENDS, 1, 'Kg', 50_000, 3, 2, 'a'],
        ['EVAL', FORGET_ENDS, 1, 'Kg', 'a', 'c', 'd', 'nobody'],
        ['ZCARD', 'Kg'],
      ],
    ],
  ];
}
