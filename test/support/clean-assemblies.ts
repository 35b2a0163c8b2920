import { sep } from 'node:path';

/** Folders of `test` whose suites may synthesize in their own process. */
const folders = ['alarms', 'cost', 'deploy', 'docs', 'lib', 'prove'];

// Deletes the folders of those assemblies. Every other suite is spared the CDK, which takes a tenth of a second to load.
const { testPath = '' } = expect.getState();
if (folders.some((folder) => testPath.includes(`${sep}test${sep}${folder}${sep}`))) {
  jest.requireActual('aws-cdk-lib/testhelpers/jest-autoclean');
}
