import { Screen } from '../parts/frame';
export default function S() {
  return (
    <Screen title="replay">
      <p>soon</p>
    </Screen>
  );
}
