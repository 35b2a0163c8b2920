import { Screen } from '../parts/frame';
export default function S() {
  return (
    <Screen title="document">
      <p>soon</p>
    </Screen>
  );
}
