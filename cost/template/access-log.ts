import * as v from 'valibot';
import type { WrittenResource } from './resource';

const stageSchema = v.looseObject({ AccessLogSettings: v.optional(v.looseObject({ Format: v.string() })) });

/** Values that API Gateway writes for a variable of its log format, in a typical request. */
const typical: Readonly<Record<string, string>> = {
  requestId: 'JKJaXmPLvHcESHA=',
  requestTime: '23/Nov/2026:19:44:02 +0000',
  httpMethod: 'GET',
  routeKey: 'GET /postback/{integration}',
  path: '/postback/acme-network',
  status: '200',
  responseLatency: '12',
  integrationStatus: '200',
  integrationErrorMessage: '-',
  'identity.userArn': '-',
};

/** Bytes of a variable that is not listed: a guess on the high side. */
const unlistedBytes = 40;

/** Bytes of one line of the API's access log, or 0 where it keeps none. */
export function accessLogBytes({ properties }: WrittenResource): number {
  const { AccessLogSettings: settings } = v.parse(stageSchema, properties);
  if (settings === undefined) return 0;
  const line = settings.Format.replace(
    /\$context\.([\w.]+)/g,
    (_variable, name: string) => typical[name] ?? '#'.repeat(unlistedBytes),
  );
  return Buffer.byteLength(line);
}
