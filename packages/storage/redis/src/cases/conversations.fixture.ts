import { ADD_TO_GROUP, REMOVE_FROM_GROUP, UNLINK_EACH } from '../scripts.js';
import type { Conversation } from './conversation.fixture.js';
import { groupConversations } from './group-conversations.fixture.js';

/** Commands whose replies the fake must give as the server does, errors included; `K` becomes the run's own prefix. */
export function conversations(): readonly Conversation[] {
  return [
    [
      'text and its absence',
      [
        ['SET', 'K1', 'é\u0000\r\n'],
        ['GET', 'K1'],
        ['GET', 'K0'],
        ['MGET', 'K1', 'K0', 'K1'],
        ['GETDEL', 'K1'],
        ['GETDEL', 'K1'],
      ],
    ],
    [
      'lifetimes',
      [
        ['SET', 'K1', 'a', 'PX', 100_000],
        ['PERSIST', 'K1'],
        ['PTTL', 'K1'],
        ['PERSIST', 'K1'],
        ['PTTL', 'K0'],
        ['PEXPIRE', 'K0', 5],
        ['PEXPIRE', 'K1', -1],
        ['EXISTS', 'K1'],
      ],
    ],
    [
      'a lifetime that SET removes',
      [
        ['SET', 'K1', 'a', 'PX', 100_000],
        ['SET', 'K1', 'b'],
        ['PTTL', 'K1'],
      ],
    ],
    [
      'bad lifetimes',
      [
        ['SET', 'K1', 'a', 'PX', 0],
        ['SET', 'K1', 'a', 'PX', '1.5'],
        ['SET', 'K1', 'a', 'PX'],
        ['SET', 'K1', 'a', 'nonsense', 1],
        ['PEXPIRE', 'K1', 'x'],
      ],
    ],
    [
      'removal',
      [
        ['SET', 'K1', 'a'],
        ['UNLINK', 'K1', 'K1', 'K0'],
        ['DEL', 'K1'],
        ['EXISTS', 'K1', 'K0'],
        ['TYPE', 'K1'],
      ],
    ],
    [
      'scores',
      [
        [
          'ZADD',
          'K1',
          1,
          'a',
          '1.5',
          'b',
          '-inf',
          'c',
          '+inf',
          'd',
          '1e300',
          'e',
          '0.1',
          'f',
          1732315200000123,
          'g',
          '1e17',
          'h',
          '1e-7',
          'i',
          '123456789012345678',
          'j',
          '-0',
          'k',
        ],
        ['ZRANGE', 'K1', '+inf', '-inf', 'BYSCORE', 'REV', 'WITHSCORES'],
        ['ZSCORE', 'K1', 'g'],
        ['ZSCORE', 'K1', 'nobody'],
        ['ZCARD', 'K1'],
        ['TYPE', 'K1'],
      ],
    ],
    [
      'bad scores',
      [
        ['ZADD', 'K1', 'x', 'a'],
        ['ZADD', 'K1', 'nan', 'a'],
        ['ZADD', 'K1', 1, 'a', 2],
        ['ZADD', 'K1', '', 'a'],
        ['EXISTS', 'K1'],
      ],
    ],
    [
      'ranges',
      [
        ['ZADD', 'K1', 1, 'a', 1, 'b', 1, 'é', 1, 'z', 2, 'c'],
        ['ZRANGE', 'K1', 2, '-inf', 'BYSCORE', 'REV', 'LIMIT', 1, 2],
        ['ZRANGE', 'K1', '-inf', 1, 'BYSCORE', 'LIMIT', 0, 10, 'WITHSCORES'],
        ['ZRANGE', 'K1', 1, 1, 'BYSCORE', 'LIMIT', 2, -1],
        ['ZRANGE', 'K0', 1, 1, 'BYSCORE'],
        ['ZRANGE', 'K1', 'x', 1, 'BYSCORE'],
      ],
    ],
    [
      'members',
      [
        ['ZADD', 'K1', 1, 'a'],
        ['ZADD', 'K1', 'NX', 2, 'a', 3, 'b'],
        ['ZSCORE', 'K1', 'a'],
        ['ZADD', 'K1', 5, 'a'],
        ['ZSCORE', 'K1', 'a'],
        ['ZREM', 'K1', 'a', 'b', 'c'],
        ['EXISTS', 'K1'],
      ],
    ],
    [
      'other types',
      [
        ['SET', 'K1', 'a'],
        ['ZADD', 'K1', 1, 'a'],
        ['ZRANGE', 'K1', 1, 2, 'BYSCORE'],
        ['ZREM', 'K1', 'a'],
        ['ZADD', 'K2', 1, 'a'],
        ['GET', 'K2'],
        ['GETDEL', 'K2'],
        ['MGET', 'K1', 'K2'],
        ['SET', 'K2', 'x'],
        ['GET', 'K2'],
      ],
    ],
    [
      'scripts',
      [
        ['SET', 'K1', 'a'],
        ['EVAL', UNLINK_EACH, 3, 'K1', 'K0', 'K1'],
        ['EVAL', ADD_TO_GROUP, 1, 'Kg', 0, '1.5', 'a', '2', 'b'],
        ['PTTL', 'Kg'],
        ['EVAL', ADD_TO_GROUP, 1, 'Kg', 5_000, '3', 'c'],
        ['PTTL', 'Kg'],
        ['EVAL', REMOVE_FROM_GROUP, 1, 'Kg', 'a', 'nobody', 'b'],
        ['ZCARD', 'Kg'],
      ],
    ],
    ...groupConversations(),
    [
      'scripts that meet another type',
      [
        ['SET', 'Kg', 'a'],
        ['EVAL', ADD_TO_GROUP, 1, 'Kg', 0, '1', 'a'],
        ['EVAL', REMOVE_FROM_GROUP, 1, 'Kg', 'a'],
        ['GET', 'Kg'],
      ],
    ],
    [
      'wrong calls',
      [
        ['GET'],
        ['SET', 'K1'],
        ['MGET'],
        ['ZADD', 'K1'],
        ['EVAL', UNLINK_EACH],
        ['EVAL', UNLINK_EACH, 'x'],
        ['EVAL', UNLINK_EACH, -1],
        ['EVAL', UNLINK_EACH, 2, 'K1'],
        ['NONSENSE', 'a', 'b'],
      ],
    ],
    ['the connection', [['PING'], ['PING', 'text'], ['SELECT', 99], ['CLIENT', 'NONSENSE']]],
  ];
}
