package app.meshguard.tenant.platform;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Map;

/** A JSON object in a text column, so that numbers keep their digits. */
@Converter
public class ObjectColumn implements AttributeConverter<Map<String, Object>, String> {
  @Override
  public String convertToDatabaseColumn(Map<String, Object> object) {
    return Json.write(object);
  }

  @Override
  public Map<String, Object> convertToEntityAttribute(String column) {
    return Json.object(column);
  }
}
