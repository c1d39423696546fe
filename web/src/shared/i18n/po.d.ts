declare module "*.po" {
  const catalogue: import("./translate").Catalogue;
  export default catalogue;
}
