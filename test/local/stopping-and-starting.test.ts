import { createServer } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, isRunning, startRejected, startStack } from './fixture/running-stack';
import type { Template } from './fixture/template';
import { temporaryFolder, writeFixtureAssembly } from './fixture/write-assembly';

jest.setTimeout(60_000);

const withoutConsumer = ({ Resources }: Template): void => void delete Resources['Mapping'];
const statusOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).status;
const queueDepth = async (url: string) => {
  const text = await (await fetch(`${url}/_local/queues`)).text();
  return Number(/"queue":"Queue","name":"Fixture-Queue","visible":(\d+)/.exec(text)?.[1]);
};

test('acknowledged writes survive the death of the process under load, and its children do not', async () => {
  const assembly = writeFixtureAssembly(withoutConsumer);
  const data = temporaryFolder();
  const first = await startStack('--assembly', assembly, '--data', data);
  const acknowledged = { rows: [] as string[], messages: 0 };
  const write = async (writer: number): Promise<void> => {
    for (let number = 0; ; number += 1) {
      const id = `${writer}-${number}`;
      if ((await statusOf(`${first.url}/rows/${id}`, { method: 'POST' })) === 201) acknowledged.rows.push(id);
      if ((await statusOf(`${first.url}/messages`, { method: 'POST', body: id })) === 202) acknowledged.messages += 1;
    }
  };
  const writers = [1, 2, 3, 4].map((writer) => write(writer).catch(() => undefined));
  await eventually('some writes are acknowledged', async () => acknowledged.messages > 40);
  const secret = readFileSync(join(data, 'secrets.json'), 'utf8');
  const children = first.children();
  expect(children.length).toBeGreaterThanOrEqual(2);
  await first.end('SIGKILL');
  await Promise.all(writers);

  const second = await startStack('--assembly', assembly, '--data', data);
  try {
    for (const id of acknowledged.rows) expect(await statusOf(`${second.url}/rows/${id}`)).toBe(200);
    // At most what was under way when it died is there beyond that.
    const depth = await queueDepth(second.url);
    expect(depth).toBeGreaterThanOrEqual(acknowledged.messages);
    expect(depth).toBeLessThanOrEqual(acknowledged.messages + writers.length);
    expect(readFileSync(join(data, 'secrets.json'), 'utf8')).toBe(secret);
    await eventually('the children of the first are gone', async () => !children.some(isRunning));
  } finally {
    await second.end('SIGTERM');
  }
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s lets a running invocation finish and leaves no child',
  async (signal) => {
    const stack = await startStack('--assembly', writeFixtureAssembly(), '--data', temporaryFolder());
    await statusOf(`${stack.url}/echo/x`);
    await fetch(`${stack.url}/_local/faults`, { method: 'POST', body: '{"kind":"delay","delayMs":800}' });
    const children = stack.children();
    const running = statusOf(`${stack.url}/rows/late`, { method: 'POST' });
    await eventually('the write is under way', async () =>
      (await (await fetch(`${stack.url}/_local/faults`)).text()).includes('"hits":1'),
    );

    expect(await stack.end(signal)).toBe(0);
    expect(await running).toBe(201);
    expect(children.filter(isRunning)).toEqual([]);
  },
);

test('a folder in use by a running stack is rejected, and taken over from a dead one', async () => {
  const assembly = writeFixtureAssembly();
  const data = temporaryFolder();
  writeFileSync(join(data, 'lock.json'), JSON.stringify({ pid: 2 ** 22 + 1, command: 'gone' }));
  const stack = await startStack('--assembly', assembly, '--data', data);
  try {
    expect(await startRejected('--assembly', assembly, '--data', data)).toEqual({
      code: 1,
      said: expect.stringMatching(/^The data folder .* is in use by another running stack \(process \d+\)[^\n]*$/),
    });
  } finally {
    await stack.end('SIGTERM');
  }
});

describe('is rejected in one sentence:', () => {
  const rejection = (...arguments_: string[]) => startRejected('--data', temporaryFolder(), ...arguments_);

  test('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    expect(await rejection('--assembly', writeFixtureAssembly(), '--port', String(port))).toEqual({
      code: 1,
      said: `Port ${port} is in use: choose another with --port N.`,
    });
    server.close();
  });

  test('a data folder that is a file', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');

    expect(await startRejected('--data', file, '--assembly', writeFixtureAssembly())).toEqual({
      code: 1,
      said: `The data folder ${file} cannot be written: choose another with --data DIR.`,
    });
  });

  test.each([
    ['an assembly that is none', ['--assembly', '/nowhere'], /^There is no readable \/nowhere\/manifest\.json[^\n]*$/],
    ['an unknown option', ['--prot', '1'], /^Unknown option '--prot': see --help\.$/],
    ['a port that is no number', ['--port', 'http'], /^--port must be a whole number from 0 to 65535, not "http"\.$/],
    ['an endpoint that is no URL', ['--dynamodb-endpoint', 'localhost'], /^--dynamodb-endpoint must be a URL[^\n]*$/],
    ['fault rules that cannot be read', ['--faults', '/nowhere'], /^The fault rules \/nowhere cannot be read\.$/],
  ])('%s', async (_what, arguments_, said) => {
    expect(await rejection(...arguments_)).toEqual({ code: 1, said: expect.stringMatching(said) });
  });

  test('an event source without its grant, in the words of AWS', async () => {
    const assembly = writeFixtureAssembly(({ Resources }) => delete Resources['WorkerPolicy']);

    expect((await rejection('--assembly', assembly)).said).toMatch(
      /^The provided execution role does not have permissions to call ReceiveMessage on SQS[^\n]*$/,
    );
  });
});

test('a dropped grant is named, to the function and on the terminal', async () => {
  const assembly = writeFixtureAssembly((template) => {
    const policy = template.Resources['WebPolicy'];
    if (policy !== undefined) policy.Properties['PolicyDocument'] = { Statement: [] };
  });
  const stack = await startStack('--assembly', assembly, '--data', temporaryFolder());
  try {
    const response = await fetch(`${stack.url}/rows/a`, { method: 'POST' });
    const sentence =
      'User: arn:aws:sts::000000000000:assumed-role/Fixture-WebRole/Fixture-Web is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/Fixture-Rows because no identity-based policy allows the dynamodb:PutItem action';
    expect(await response.json()).toEqual({ error: `AccessDeniedException: ${sentence}` });
    expect(stack.output()).toContain(`Web: AccessDeniedException: ${sentence}`);
    expect(await statusOf(`${stack.url}/messages`, { method: 'POST', body: 'x' })).toBe(500);
    expect(stack.output()).toContain('sqs:SendMessage on resource: arn:aws:sqs:us-east-1:000000000000:Fixture-Queue');
  } finally {
    await stack.end('SIGTERM');
  }
});

test('a route without its permission answers 500 and says why', async () => {
  const assembly = writeFixtureAssembly(({ Resources }) => delete Resources['Permission6']);
  const stack = await startStack('--assembly', assembly, '--data', temporaryFolder());
  try {
    const response = await fetch(`${stack.url}/echo/x`);
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    expect(stack.output()).toContain('ANY /echo/{proxy+} answers 500: no AWS::Lambda::Permission');
  } finally {
    await stack.end('SIGTERM');
  }
});

test('fault rules of a file are in force from the first request', async () => {
  const folder = temporaryFolder();
  const faults = join(folder, 'faults.json');
  writeFileSync(faults, '[{"kind":"commit-then-reset","operation":"PutItem","count":1}]');
  const assembly = writeFixtureAssembly();
  const stack = await startStack('--assembly', assembly, '--data', temporaryFolder(), '--faults', faults);
  try {
    expect(await statusOf(`${stack.url}/rows/a`, { method: 'POST' })).toBe(409);
  } finally {
    await stack.end('SIGTERM');
  }
});
