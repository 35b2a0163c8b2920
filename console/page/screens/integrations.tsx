import { Screen } from '../parts/frame';
export default function S() {
  return (
    <Screen title="integrations">
      <p>soon</p>
    </Screen>
  );
}
