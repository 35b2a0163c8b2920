import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The script as browsers get it, and what pages write into `integrity`. */
export async function builtScript() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('t.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['es2022'],
    legalComments: 'none',
    write: false,
  });
  const [{ text }] = outputFiles;
  return { text, integrity: `sha384-${createHash('sha384').update(text).digest('base64')}` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const script = await builtScript();
  const target = fileURLToPath(new URL('../../domain/click/script-text.ts', import.meta.url));
  writeFileSync(
    target,
    `/** Made of lambdas/click/script by \`npm run script\`: do not edit. What was released under a path stays as it is. */\nexport const visitorScript = ${JSON.stringify(script, null, 2)} as const;\n`,
  );
}
