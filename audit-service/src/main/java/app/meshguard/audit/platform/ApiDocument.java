package app.meshguard.audit.platform;

import app.meshguard.wire.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Adds to the OpenAPI document what holds for every operation: credentials and problems. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {
  private static final String ANY = "RawJson";

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.setOpenapi("3.1.0");
    api.getComponents()
        .addSchema("Problem", problem())
        .addSchema(ANY, OASFactory.createSchema().description("Any JSON value"))
        .addSecurityScheme(
            "adminToken",
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name("X-Admin-Token")
                .description("An admin token (msat_…) with the permission audit:read"))
        .addSecurityScheme("adminBearer", bearer("The same admin token as a bearer"))
        .addSecurityScheme(
            "service", bearer("A token of the one service that may call it: see the operation"));
    api.getComponents().getSchemas().values().forEach(ApiDocument::dropTypeBesideReference);
    for (PathItem path : api.getPaths().getPathItems().values()) {
      for (Operation operation : path.getOperations().values()) {
        boolean internal = operation.getTags().contains("internal");
        for (String scheme : internal ? List.of("service") : List.of("adminToken", "adminBearer")) {
          operation.addSecurityRequirement(
              OASFactory.createSecurityRequirement().addScheme(scheme));
        }
        operation
            .getResponses()
            .addAPIResponse(
                "default",
                OASFactory.createAPIResponse()
                    .description("A problem; its code is stable")
                    .content(
                        OASFactory.createContent()
                            .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                    .schema(
                                        OASFactory.createSchema()
                                            .ref("#/components/schemas/Problem")))));
      }
    }
  }

  /** JSON that is passed on as it is has no one type, whatever its Java class looks like. */
  private static void dropTypeBesideReference(Schema schema) {
    if (schema.getProperties() != null) {
      for (Schema property : schema.getProperties().values()) {
        if (property.getRef() != null) {
          property.setType(null);
        }
      }
    }
  }

  private static Schema problem() {
    Schema fault =
        type(Schema.SchemaType.OBJECT)
            .addProperty("path", type(Schema.SchemaType.STRING))
            .addProperty("line", type(Schema.SchemaType.INTEGER))
            .addProperty("column", type(Schema.SchemaType.INTEGER))
            .addProperty("message", type(Schema.SchemaType.STRING));
    return type(Schema.SchemaType.OBJECT)
        .description("RFC 9457")
        .addProperty("type", type(Schema.SchemaType.STRING))
        .addProperty("title", type(Schema.SchemaType.STRING))
        .addProperty("status", type(Schema.SchemaType.INTEGER))
        .addProperty("code", type(Schema.SchemaType.STRING))
        .addProperty("detail", type(Schema.SchemaType.STRING))
        .addProperty("errors", type(Schema.SchemaType.ARRAY).items(fault))
        .addProperty("correlationId", type(Schema.SchemaType.STRING));
  }

  private static Schema type(Schema.SchemaType type) {
    return OASFactory.createSchema().addType(type);
  }

  private static SecurityScheme bearer(String description) {
    return OASFactory.createSecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme("bearer")
        .description(description);
  }
}
