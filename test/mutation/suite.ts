import { relative } from 'node:path';
import { inspect } from 'node:util';
import { jestExpect } from '@jest/expect';
import * as circus from 'jest-circus';

type DescribeBlock = circus.State['rootDescribeBlock'];
type TestEntry = NonNullable<circus.State['currentlyRunningTest']>;

export interface RanTest {
  /** File and title, which are one test for good. */
  readonly id: string;
  readonly milliseconds: number;
  /** Stack of the first error; absent where the test passed. */
  readonly failure?: string;
}

Object.assign(globalThis, {
  expect: jestExpect,
  describe: circus.describe,
  test: circus.test,
  it: circus.it,
  beforeEach: circus.beforeEach,
  afterEach: circus.afterEach,
  beforeAll: circus.beforeAll,
  afterAll: circus.afterAll,
});

/** Defines the tests of one file in place of those before. `load` gives its modules. */
export function defineTests(file: string, load: (file: string) => unknown): void {
  circus.resetState();
  circus.describe(relative(process.cwd(), file), () => {
    load(file);
  });
}

function idOf(test: TestEntry): string {
  const names = [test.name];
  for (let block = test.parent; block.parent !== undefined; block = block.parent) {
    names.unshift(block.name);
  }
  return names.join(' › ');
}

function* testsIn(block: DescribeBlock): Generator<TestEntry> {
  for (const child of block.children) {
    if (child.type === 'test') {
      yield child;
    } else {
      yield* testsIn(child);
    }
  }
}

/** Runs the tests that `defineTests` defined, those with these IDs alone. `started` gets the ID of each test before it runs. */
export async function runTests(
  { ids, stopAtFailure }: { readonly ids: ReadonlySet<string> | undefined; readonly stopAtFailure: boolean },
  started: (id: string) => void,
): Promise<readonly RanTest[]> {
  const tests = [...testsIn(circus.getState().rootDescribeBlock)];
  for (const test of tests) {
    if (ids !== undefined && !ids.has(idOf(test))) {
      test.mode = 'skip';
    }
  }
  const handler: Parameters<typeof circus.addEventHandler>[0] = (event) => {
    if (event.name === 'test_start') {
      started(idOf(event.test));
    }
    if (event.name === 'test_done' && event.test.errors.length > 0 && stopAtFailure) {
      for (const test of tests) {
        test.mode = 'skip';
      }
    }
  };
  circus.addEventHandler(handler);
  try {
    const { unhandledErrors } = await circus.run();
    const [unhandled] = unhandledErrors;
    if (unhandled !== undefined) {
      throw new Error(`A test file failed outside its tests: ${unhandled}`);
    }
  } finally {
    circus.removeEventHandler(handler);
  }
  return tests
    .filter(({ status }) => status === 'done')
    .map((test) => {
      const [error] = test.errors.flat() as unknown[];
      return {
        id: idOf(test),
        milliseconds: test.duration ?? 0,
        ...(error !== undefined && { failure: inspect(error) }),
      };
    });
}
