// Beside the reporters of a run: writes what failed, and how the process ended, into the folder that it runs in.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.cwd();
process.on('exit', (code) => writeFileSync(join(folder, 'corpus-exit.json'), JSON.stringify(code)));

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
    writeFileSync(join(folder, 'corpus-failed.json'), JSON.stringify([...failed, ...loose].sort()));
  }
}
