/**
 * Shell command that brings the loopback interface of a new network namespace up, with the first tool that is there; slim
 * container images have Perl alone. It fails where none works, as in a sandbox that denies sockets: tests could not reach
 * servers of their own in such a namespace.
 */
export const LOOPBACK_UP = [
  'ip link set lo up',
  'ifconfig lo up',
  // SIOCSIFFLAGS with IFF_UP, IFF_LOOPBACK and IFF_RUNNING.
  `perl -e '$r = pack(q(a16 s x22), "lo", 0x49); socket(S, 2, 2, 0) && ioctl(S, 0x8914, $r) || exit 1'`,
].join(' || ');
