import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { closedEnvironment } from '../../../prove/closed-environment';
import { adClickNames } from '../../../lambdas/domain/click/ad-click';
import { visitorScript } from '../../../lambdas/domain/click/script-text';

const build = join(__dirname, '../../../lambdas/click/script/build.mjs');

test('the script that is served is the one that its source makes', () => {
  const program = `import { builtScript } from ${JSON.stringify(build)}; console.log(JSON.stringify(await builtScript()))`;
  const made = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: closedEnvironment(),
    encoding: 'utf8',
  });
  expect(JSON.parse(made)).toEqual(visitorScript);
});

test('its hash is the one that pages check', () => {
  const hash = createHash('sha384').update(visitorScript.text).digest('base64');
  expect(visitorScript.integrity).toBe(`sha384-${hash}`);
});

test('it has at most 2.0 kB on its way, and neither evaluates text nor speaks to anybody else', () => {
  expect(brotliCompressSync(visitorScript.text).length).toBeLessThanOrEqual(2000);
  expect(visitorScript.text).not.toMatch(/\beval\(|new Function|https?:\/\//);
});

test('it knows the same ad platforms, in the same order, as the click that comes by redirect', () => {
  expect(visitorScript.text).toContain(adClickNames.join(' '));
});
