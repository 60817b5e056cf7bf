/** The code of a class as somebody types it: small letters and spaces do not matter. */

const CODE = /^[A-Z0-9]{5}$/;

export function readCode(typed) {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  if (!code) return { code, problem: 'Type the code that stands on the board.' };
  return { code, problem: CODE.test(code) ? '' : 'A code has 5 letters or digits, such as 7K3FA.' };
}
