export function parseQuery(text) {
  const result = {};
  for (const pair of text.replace("?", "").split("&")) {
    const [key, value] = pair.split("=");
    result[key] = decodeURIComponent(value);
  }
  return result;
}
