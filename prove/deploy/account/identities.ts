import { type Emulator, rootCredentials } from '../emulator/emulator';
import { ask, type Credentials } from './signed-request';

/** A call to IAM, which speaks forms and XML; resolves to the XML. */
async function callIam(emulator: Emulator, parameters: Readonly<Record<string, string>>): Promise<string> {
  const { status, body } = await ask(emulator, 'localhost', 'iam', {
    method: 'POST',
    path: '/',
    body: new URLSearchParams({ Version: '2010-05-08', ...parameters }).toString(),
    contentType: 'application/x-www-form-urlencoded',
    signedBy: rootCredentials,
  });
  if (status !== 200) throw new Error(`IAM rejects ${parameters['Action'] ?? ''}: ${body.slice(0, 300)}`);
  return body;
}

const elements = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);

/** A user with no permission but what the policy gives it, and its access key. */
export async function createUser(emulator: Emulator, UserName: string, policy?: object): Promise<Credentials> {
  await callIam(emulator, { Action: 'CreateUser', UserName });
  if (policy !== undefined) {
    const PolicyDocument = JSON.stringify(policy);
    await callIam(emulator, { Action: 'PutUserPolicy', UserName, PolicyName: 'only', PolicyDocument });
  }
  const xml = await callIam(emulator, { Action: 'CreateAccessKey', UserName });
  const [accessKeyId = ''] = elements(xml, 'AccessKeyId');
  const [secretAccessKey = ''] = elements(xml, 'SecretAccessKey');
  return { accessKeyId, secretAccessKey };
}

/** An inline policy of a role. */
export interface RolePolicy {
  readonly role: string;
  readonly name: string;
  readonly document: string;
}

export async function rolePoliciesOf(emulator: Emulator, role: string): Promise<readonly RolePolicy[]> {
  const names = elements(await callIam(emulator, { Action: 'ListRolePolicies', RoleName: role }), 'member');
  const policies: RolePolicy[] = [];
  for (const name of names) {
    const xml = await callIam(emulator, { Action: 'GetRolePolicy', RoleName: role, PolicyName: name });
    const [document = ''] = elements(xml, 'PolicyDocument');
    policies.push({ role, name, document: decodeURIComponent(document.replaceAll('&quot;', '"')) });
  }
  return policies;
}

export async function putRolePolicy(emulator: Emulator, { role, name, document }: RolePolicy): Promise<void> {
  await callIam(emulator, { Action: 'PutRolePolicy', RoleName: role, PolicyName: name, PolicyDocument: document });
}
