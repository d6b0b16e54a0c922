// Without drydock(): the guard would see the mutation runner's own processes.
export default {
  test: {
    include: [
      'packages/test-gating/src/report/{report,write-problem}.test.ts',
      'packages/test-gating/src/cli/{exit-codes,report}.test.ts',
      'packages/test-gating/src/cli/run/asked-for.test.ts',
      'packages/triage/src/classify/*.test.ts',
    ],
  },
};
