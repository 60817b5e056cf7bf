/** Type the code of a class. */
import { readCode } from './code.js';

const $ = (id) => document.getElementById(id);

$('join').addEventListener('submit', (event) => {
  event.preventDefault();
  const { code, problem } = readCode($('code').value);
  $('told').textContent = problem;
  if (problem) $('code').focus();
  else location.assign(`/${code}`);
});
