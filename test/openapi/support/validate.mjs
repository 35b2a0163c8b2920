// Reads an OpenAPI document and prints what is wrong with it. In a process of its own: the validator is an ES module, which jest
// does not load.
import { text } from 'node:stream/consumers';
import { Validator } from '@seriousme/openapi-schema-validator';

const { valid, errors } = await new Validator().validate(JSON.parse(await text(process.stdin)));
process.stdout.write(JSON.stringify({ valid, errors }));
