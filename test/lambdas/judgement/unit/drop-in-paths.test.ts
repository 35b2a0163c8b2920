import { presets, presetOf } from '../../../../lambdas/domain/presets';
import { World } from './memory';

let world: World;
beforeEach(() => {
  world = new World();
});

const anywhere = (path: string): never => ({ path, integration: undefined }) as never;

const messageOf = async (path: string, query: string): Promise<readonly string[]> => {
  const { verdict } = await world.send(query, anywhere(path));
  return [verdict.reason, verdict.message];
};

describe("before a click is found, a path of another tracker speaks of that tracker's names", () => {
  test.each([
    ['/p.ashx', 'r={reqid}&ap=5', '"r" came as the literal {reqid}', 'In CAKE the token is #s2#'],
    ['/tracking/P.ashx/', 'r=#s1#&ap=5', '"r" came as the literal #s1#', 'In CAKE the token is #s2#'],
    ['/0a52ed5/postback', 'subid={subid}', '"subid" came as the literal {subid}', 'In Keitaro the token is'],
    ['/aff_lsr', 'transaction_id={transaction_id}', '"transaction_id" came as', 'In TUNE the token is {aff_sub}'],
    ['/aff_goal_lsr', 'transaction_id={x}', '"transaction_id" came as', 'In TUNE the token is {aff_sub}'],
    ['/click.php', 'cnv_id={cnv_id}', '"cnv_id" came as the literal {cnv_id}', 'In Binom the token is {externalid}'],
    [
      '/cf/postback',
      'click_id={cid}',
      '"click_id" came as the literal {cid}',
      'In ClickFlare the token is {externalid}',
    ],
    [
      '/',
      'transaction_id={tid}&nid=1',
      '"transaction_id" came as the literal {tid}',
      'In Everflow the token is {sub1}',
    ],
    ['/p.ashx', 'subid={subid}', '"subid" came as the literal {subid}', 'In CAKE the token is #s2#'],
  ])('%s?%s', async (path, query, came, advice) => {
    const [reason, message] = await messageOf(path, query);
    expect(reason).toBe('MACRO_UNREPLACED');
    expect(message).toContain(came);
    expect(message).toContain(advice);
  });

  test.each(
    presets
      .flatMap(({ id, dropInPaths }) => dropInPaths.map((path) => [path, id] as const))
      .filter(([path]) => path !== '/postback'),
  )('%s of %s, without a click ID', async (path, id) => {
    const [reason, message] = await messageOf(path.replace('{key}', '0a52ed5'), 'x=1');
    const { parameters, name, tokens } = presetOf(id);
    const advice = tokens.clickId === undefined ? '' : `: in ${name} write`;
    expect(reason).toBe('CLICK_ID_MISSING');
    expect(message).toContain(`Send it as "${parameters.clickId?.[0]?.toLowerCase()}"${advice}`);
  });

  test('the path that several trackers have speaks of none of them', async () => {
    expect(await messageOf('/postback', 'clickid={clickid}')).toEqual([
      'MACRO_UNREPLACED',
      expect.stringContaining('Check that the sending system knows this macro'),
    ]);
  });
});
