import { tags, type DescribedRoute } from '../http/description';
import { componentsOf } from './components';
import { operationOf, pathOf } from './operation';
import { publicAnswers, publicPaths, publicTag } from './public-paths';

const about = `Everything a team does with its tracker. Amounts are exact decimals in strings, times ISO 8601 in UTC.

Every list answers \`{"items": […], "cursor"?: "…"}\`. Where there is a cursor there is, or may be, more: send it back with the same
parameters; only \`limit\` may differ. A parameter that a route does not know is refused, and so is one that comes twice; an empty one counts as absent.

An error is \`{"error": "CODE", "message": "what is wrong and what to do"}\`, and \`problems\` where single fields are wrong.`;

/** AWS Signature Version 4; the extension is how API Gateway's own exports say it. */
const signature = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'awsSigv4',
  description: 'AWS Signature Version 4 of the service `execute-api`',
};

/**
 * The OpenAPI 3.1 document of the routes.
 * @param signed whether requests to the admin API are signed: on one machine they are not
 */
export function openApiDocument(routes: readonly DescribedRoute[], signed: boolean): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'postback-tracker',
      version: '1',
      description: about,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    // Wherever the document itself is.
    servers: [{ url: '/' }],
    tags: [...Object.entries(tags).map(([name, description]) => ({ name, description })), publicTag],
    ...(signed && { security: [{ signature: [] }] }),
    paths: { ...adminPaths(routes), ...publicPaths() },
    components: {
      schemas: componentsOf(routes, publicAnswers),
      ...(signed && { securitySchemes: { signature } }),
    },
  };
}

function adminPaths(routes: readonly DescribedRoute[]): Readonly<Record<string, object>> {
  const byPath = Map.groupBy(routes, pathOf);
  return Object.fromEntries(
    [...byPath].map(([path, those]) => [
      path,
      Object.fromEntries(those.map((route) => [route.method.toLowerCase(), operationOf(route)])),
    ]),
  );
}
