import { Screen } from '../parts/frame';
export default function S() {
  return (
    <Screen title="documents">
      <p>soon</p>
    </Screen>
  );
}
