import * as v from 'valibot';

/** Requirements of a template on its account. */
export interface Requirements {
  /** The account that the stage names, where it names one. */
  readonly account?: string;
  /** The oldest version of the CDK's bootstrap stack that will do. */
  readonly bootstrapVersion: number;
  /** Concurrent executions that functions reserve, all together. */
  readonly reservedConcurrency: number;
  /** Requests a second that the fastest route lets through. */
  readonly requestsPerSecond: number;
  /** The account of the permissions boundary of its roles, where they have one. */
  readonly boundaryAccount?: string;
  /** Whether the topic of pages has a subscription, or an alarm target of another kind, in the template. */
  readonly callsSomebody: boolean;
}

const resource = v.looseObject({ Type: v.string(), Properties: v.optional(v.looseObject({}), {}) });
const templateSchema = v.looseObject({
  Resources: v.record(v.string(), resource),
  Rules: v.optional(v.unknown()),
});

/** Reads them off a synthesized template. Throws where it is none. */
export function readRequirements(given: unknown): Requirements {
  const { Resources, Rules } = v.parse(templateSchema, given);
  const all = Object.entries(Resources);
  const ofType = (type: string) => all.filter(([, { Type }]) => Type === type).map(([, { Properties }]) => Properties);
  const pageTopics = all
    .filter(([id, { Type }]) => Type === 'AWS::SNS::Topic' && id.includes('TopicsPage'))
    .map(([id]) => id);
  const targets = [...ofType('AWS::SNS::Subscription'), ...ofType('AWS::Chatbot::SlackChannelConfiguration')];
  const boundary = ofType('AWS::IAM::Role')
    .map(({ PermissionsBoundary }) => /^arn:[^:]+:iam::(\d{12}):/.exec(String(PermissionsBoundary))?.[1])
    .find((account) => account !== undefined);
  return {
    bootstrapVersion: oldestBootstrap(Rules),
    reservedConcurrency: ofType('AWS::Lambda::Function')
      .map(({ ReservedConcurrentExecutions }) => Number(ReservedConcurrentExecutions ?? 0))
      .reduce((sum, one) => sum + one, 0),
    requestsPerSecond: Math.max(0, ...ofType('AWS::ApiGatewayV2::Stage').flatMap(ratesOf)),
    ...(boundary !== undefined && { boundaryAccount: boundary }),
    callsSomebody: pageTopics.some((id) => targets.some((target) => JSON.stringify(target).includes(`"${id}"`))),
  };
}

const limits = v.looseObject({ ThrottlingRateLimit: v.optional(v.number(), 0) });
const stageSchema = v.looseObject({
  DefaultRouteSettings: v.optional(limits, {}),
  RouteSettings: v.optional(v.record(v.string(), limits), {}),
});

/** Requests a second that each route of an API's stage admits. */
function ratesOf(stage: unknown): readonly number[] {
  const { DefaultRouteSettings, RouteSettings } = v.parse(stageSchema, stage);
  return [DefaultRouteSettings, ...Object.values(RouteSettings)].map(({ ThrottlingRateLimit }) => ThrottlingRateLimit);
}

/** The CDK writes the versions that will not do into a rule of the template: `["1","2","3","4","5"]`. */
function oldestBootstrap(rules: unknown): number {
  const tooOld = [...(JSON.stringify(rules ?? {}).match(/"\d+"/g) ?? [])].map((text) => Number(text.slice(1, -1)));
  return Math.max(0, ...tooOld) + 1;
}
