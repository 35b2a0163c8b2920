import { measured } from '../../cost/measured';
import { undisturbed, type FlowSample } from '../../cost/measure/undisturbed';

const calm: FlowSample = { flow: measured.flows.batchRow, troubles: [] };
const disturbed: FlowSample = {
  flow: { ...calm.flow, deliveries: 1.17, metrics: [...calm.flow.metrics, 'RetryWaitSeconds'] },
  troubles: ['a queued message was not settled: TimeoutError'],
};

/** Takes these samples one after the other. */
function taking(...all: readonly FlowSample[]) {
  const left = [...all];
  const sample = async (): Promise<FlowSample> => left.shift() ?? disturbed;
  return { measuring: undisturbed('batchRow', sample), left };
}

describe('a flow through the queue', () => {
  test('is measured by the first sample in which no message came back', async () => {
    const { measuring, left } = taking(disturbed, disturbed, calm, disturbed);

    expect(await measuring).toEqual(calm.flow);
    expect(left).toHaveLength(1);
  });

  test('is measured once where nothing came back', async () => {
    const { measuring, left } = taking(calm, calm);

    expect([await measuring, left.length]).toEqual([calm.flow, 1]);
  });

  test('is not measured where a message came back in every sample, and the failure names flow and cause', async () => {
    await expect(taking().measuring).rejects.toThrow(/3 samples of batchRow.*TimeoutError/);
  });
});
