import * as v from 'valibot';

/** Requirements of a template on its account. */
export interface Requirements {
  /** The account of the stage, if set. */
  readonly account?: string;
  /** The minimum version of the CDK's bootstrap stack. */
  readonly bootstrapVersion: number;
  /** Sum of the concurrent executions that functions reserve. */
  readonly reservedConcurrency: number;
  /** The highest rate limit of a route, in requests per second. */
  readonly requestsPerSecond: number;
  /** The account of its roles' permissions boundary, if any. */
  readonly boundaryAccount?: string;
  /** Whether the topic of pages has a subscription or another alarm target in the template. */
  readonly callsSomebody: boolean;
}

const resource = v.looseObject({ Type: v.string(), Properties: v.optional(v.looseObject({}), {}) });
const templateSchema = v.looseObject({
  Resources: v.record(v.string(), resource),
  Rules: v.optional(v.unknown()),
});

/** Reads the requirements from a synthesized template. Throws on any other text. */
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

/** The CDK writes the versions that are too old into a rule of the template: `["1","2","3","4","5"]`. */
function oldestBootstrap(rules: unknown): number {
  const tooOld = [...(JSON.stringify(rules ?? {}).match(/"\d+"/g) ?? [])].map((text) => Number(text.slice(1, -1)));
  return Math.max(0, ...tooOld) + 1;
}
