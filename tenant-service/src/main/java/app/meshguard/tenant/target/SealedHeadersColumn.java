package app.meshguard.tenant.target;

import app.meshguard.tenant.platform.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Map;

/** Sealed header values by name, as a JSON object in a text column. */
@Converter
class SealedHeadersColumn implements AttributeConverter<Map<String, String>, String> {
  private static final TypeReference<Map<String, String>> TYPE = new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(Map<String, String> headers) {
    return Json.write(headers);
  }

  @Override
  public Map<String, String> convertToEntityAttribute(String column) {
    return Json.read(column, TYPE);
  }
}
