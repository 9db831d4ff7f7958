// Easily told apart when read aloud or copied from paper: no 0 O 1 l I.
const READABLE = "23456789abcdefghjkmnpqrstvwxyzABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 14;

/** A random password that a person can type from paper: 14 characters, about 80 bits. */
export function generatedPassword(): string {
  const usable = 256 - (256 % READABLE.length);
  let password = "";
  while (password.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH))) {
      // Bytes past the last whole multiple would make the first letters likelier than the rest.
      if (byte < usable && password.length < LENGTH) {
        password += READABLE.charAt(byte % READABLE.length);
      }
    }
  }
  return password;
}
