package app.meshguard.tenant.target;

import app.meshguard.tenant.platform.Json;
import app.meshguard.wire.bundle.DirectorySection.RouteEntry;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

/** Routes as a JSON array in a text column. */
@Converter
class RoutesColumn implements AttributeConverter<List<RouteEntry>, String> {
  private static final TypeReference<List<RouteEntry>> TYPE = new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(List<RouteEntry> routes) {
    return Json.write(routes);
  }

  @Override
  public List<RouteEntry> convertToEntityAttribute(String column) {
    return Json.read(column, TYPE);
  }
}
