// How does a photo or file come in? By somebody's own act; a photo is drawn anew, so that no place stays.

const LONGEST = 2400;
const QUALITY = 0.85;
const MOST = 30 * 1024 * 1024;
export const PHOTOS = "image/jpeg,image/png,image/webp";
export const DOCUMENTS = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx";

async function drawn(picture, longest, quality) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return { canvas, blob: await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality)) };
}

async function digest(blob) {
  const sum = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(sum)].map((each) => each.toString(16).padStart(2, "0")).join("");
}

/** What is kept of a chosen file; an Error says in words why not. */
export async function taken(file, visit, code) {
  let [blob, name, thumb] = [file, file.name, ""];
  if (file.type.startsWith("image/")) {
    let picture;
    try {
      picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      throw new Error(`“${file.name}”打不开，请换一张照片`);
    }
    blob = (await drawn(picture, LONGEST, QUALITY)).blob;
    thumb = (await drawn(picture, 160, 0.7)).canvas.toDataURL("image/jpeg", 0.7);
    name = `${file.name.replace(/\.[^.]*$/, "") || "照片"}.jpg`;
  }
  if (!blob.size) throw new Error(`“${file.name}”是空的`);
  if (blob.size > MOST) throw new Error(`“${file.name}”超过30MB，请缩小以后再添加`);
  const sha256 = await digest(blob);
  return { key: crypto.randomUUID(), visit, code, name: name.slice(-120), size: blob.size, sha256, blob, thumb };
}
