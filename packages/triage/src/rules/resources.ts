import type { Rule } from '../classify/rule.js';

/** Disks, memory, connections and servers that take no writes. */
export const RESOURCE_RULES: readonly Rule[] = [
  {
    id: 'disk-full',
    class: 'environment',
    subclass: 'disk-full',
    remedy: 'A disk is full ({code}): make room where {origin} or this process writes.',
    when: [
      { code: 'ENOSPC|EDQUOT|53100|MISCONF|OUT_OF_DISK' },
      { status: [507] },
      { message: 'No space left on device|OUT_OF_DISK|^MISCONF ' },
    ],
  },
  {
    id: 'out-of-memory',
    class: 'environment',
    subclass: 'out-of-memory',
    remedy:
      'Memory is used up ({code}): raise the limit of {origin} (maxmemory, heap), or let the tests write less.',
    when: [
      { code: 'OOM|ENOMEM|53200|ERR_WORKER_OUT_OF_MEMORY|OUT_OF_MEMORY' },
      {
        code: 'Neo\\.(?:TransientError|DatabaseError)\\.General\\.(?:\\w*OutOfMemory\\w*|StackOverFlowError)',
      },
      {
        message:
          '^OOM command not allowed|OUT_OF_MEMORY|^out of memory$|JavaScript heap out of memory|reached memory limit',
      },
    ],
  },
  {
    id: 'read-only',
    class: 'environment',
    subclass: 'read-only',
    remedy:
      'The server, or the disk, takes no writes ({code}): is it a replica or a standby? Use the primary.',
    when: [
      {
        code: 'READONLY|25006|EROFS|NOREPLICAS|Neo\\.ClientError\\.(?:Cluster\\.NotALeader|General\\.(?:ForbiddenOnReadOnlyDatabase|WriteOnReadOnlyAccessDatabase))|NotALeader',
      },
      { message: '^READONLY |cannot execute .* in a read-only transaction' },
    ],
  },
  {
    id: 'too-many-connections',
    class: 'environment',
    subclass: 'too-many-connections',
    remedy: 'The server has no connection free: close what other runs left open, or raise its limit.',
    when: [
      { code: '53300|53400' },
      {
        message:
          '^ERR max number of clients reached|^sorry, too many clients already|remaining connection slots are reserved',
      },
    ],
  },
  {
    id: 'too-many-files',
    class: 'environment',
    subclass: 'too-many-files',
    remedy:
      'This machine lets a process open no more files: raise the limit (ulimit -n), or run fewer workers.',
    confidence: 0.7,
    when: [{ code: 'EMFILE|ENFILE' }],
  },
  {
    id: 'server-resources',
    class: 'environment',
    subclass: 'out-of-memory',
    remedy: 'The server is out of resources ({code}): look at its disk, its memory and its log.',
    confidence: 0.8,
    when: [{ code: '53000|Neo\\.TransientError\\.General\\.\\w+' }],
  },
];
