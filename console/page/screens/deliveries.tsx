import { Screen } from '../parts/frame';
export default function S() {
  return (
    <Screen title="deliveries">
      <p>soon</p>
    </Screen>
  );
}
