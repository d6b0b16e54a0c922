// Beside the reporters of a run: writes what failed to the file that CORPUS_FAILED names.
import { writeFileSync } from 'node:fs';

export default class FailedTestsReporter {
  onTestRunEnd(modules, unhandled) {
    const failed = modules.flatMap((module) => [
      ...[...module.children.allTests()]
        .filter((test) => test.result().state === 'failed')
        .map((test) => test.fullName),
      ...[...module.children.allSuites()]
        .filter((suite) => suite.errors().length > 0)
        .map((suite) => `${suite.fullName} (suite)`),
      ...(module.errors().length > 0 ? [`${module.relativeModuleId} (file)`] : []),
    ]);
    const loose = unhandled.length > 0 ? ['(unhandled)'] : [];
    writeFileSync(process.env.CORPUS_FAILED, JSON.stringify([...failed, ...loose].sort()));
  }
}
