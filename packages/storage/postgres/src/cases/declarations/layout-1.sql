CREATE SCHEMA "SCHEMA";
CREATE TABLE "SCHEMA"."items" (
  "id" text COLLATE "C" PRIMARY KEY,
  "n" integer,
  "_extra" jsonb,
  "_expires_at" timestamp with time zone,
  "title" text COLLATE "C",
  "size" bigint,
  "ratio" double precision,
  "price" numeric,
  "done" boolean,
  "at" timestamp with time zone,
  "key" uuid,
  "meta" jsonb
);
CREATE INDEX items_title_idx ON "SCHEMA"."items" USING btree (title, id);
INSERT INTO "SCHEMA"."items" VALUES ('extra', '1', '{"at": "2030-05-01T00:00:00.000Z", "key": "123e4567-e89b-12d3-a456-426614174000", "done": true, "meta": {"tags": ["p", null]}, "note": "kept", "size": 5, "price": "12.50", "ratio": 0.5, "title": "red"}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "SCHEMA"."items" VALUES ('null', '2', '{"title": null}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "SCHEMA"."items" VALUES ('column', '3', '{"note": "kept"}', NULL, 'red', '5', '0.5', '12.50', 't', '2030-05-02 00:00:00+00', '123e4567-e89b-12d3-a456-426614174000', '{"tags": ["p", null]}');
INSERT INTO "SCHEMA"."items" VALUES ('both', '4', '{"title": "fresh"}', NULL, 'stale', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "SCHEMA"."items" VALUES ('end', '5', NULL, '2126-11-06 17:52:25.226+00', 'ends', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
