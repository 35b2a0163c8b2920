import { render } from 'preact';
import './styles.css';

const app = document.querySelector('#app');
if (app !== null) render(<p>The console.</p>, app);
